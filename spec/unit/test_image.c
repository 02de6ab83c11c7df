/* test_image.c - data images: written, opened, and refused when damaged. */
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"
#include "core/image.h"

static char folder[] = "/tmp/textmill-image-XXXXXX", path[64], copy[64];

static const uint32_t numbers[] = {3, 1, 4, 1, 5, 9, 2, 6};

static void write_sample(void) {
  mill_image_writer w = {.kind = "lexicon", .description = "sample-8/0001"};
  mill_error err;
  mill_image_add(&w, "numbers", numbers, sizeof numbers);
  mill_image_add(&w, "empty", NULL, 0);
  mill_image_add(&w, "a-name-of-16-chr", "text", 4);
  CHECK_EQ(mill_image_write(&w, path, &err), 0);
}

static void test_read_back(void) {
  mill_image im;
  mill_error err;
  size_t n = 0;
  if (!CHECK_EQ(mill_image_open(&im, path, "lexicon", &err), 0)) return;
  CHECK_STR(im.description, "sample-8/0001");
  CHECK_EQ(mill_image_verify(&im, path, &err), 0);
  const uint32_t *got = mill_image_section(&im, "numbers", sizeof *got, &n, &err);
  CHECK(got != NULL && n == 8 && memcmp(got, numbers, sizeof numbers) == 0);
  CHECK((uintptr_t)got % 64 == 0);
  CHECK(mill_image_section(&im, "empty", 1, &n, &err) != NULL && n == 0);
  const char *text = mill_image_section(&im, "a-name-of-16-chr", 1, &n, &err);
  CHECK(text != NULL && n == 4 && memcmp(text, "text", 4) == 0);
  CHECK(mill_image_section(&im, "absent", 1, &n, &err) == NULL);
  CHECK_EQ(err.code, MILL_EFORMAT);
  CHECK(strstr(err.message, "absent") != NULL);
  CHECK(mill_image_section(&im, "a-name-of-16-chr", 8, &n, &err) == NULL);
  mill_image_close(&im);
  mill_image_close(&im); /* twice does no harm */
  CHECK(im.bytes == NULL);
}

static unsigned char *sample;
static size_t sample_len;

static void read_sample(void) {
  FILE *f = fopen(path, "rb");
  struct stat st;
  if (!CHECK(f != NULL && stat(path, &st) == 0)) return;
  sample_len = (size_t)st.st_size;
  sample = malloc(sample_len);
  CHECK(sample != NULL && fread(sample, 1, sample_len, f) == sample_len);
  fclose(f);
}

/* Opens and verifies a file of these bytes; the first error. */
static int code_of(const unsigned char *bytes, size_t n, const char *kind) {
  mill_image im;
  mill_error err = {0, 0, ""};
  FILE *f = fopen(copy, "wb");
  if (f == NULL || fwrite(bytes, 1, n, f) != n || fclose(f) != 0) return 1;
  int rc = mill_image_open(&im, copy, kind, &err);
  if (rc == 0) {
    rc = mill_image_verify(&im, copy, &err);
    mill_image_close(&im);
  }
  if (rc != 0 && (err.code != rc || strstr(err.message, copy) == NULL)) return 2;
  return rc;
}

static int changed(size_t at, unsigned char value) {
  unsigned char old = sample[at];
  sample[at] = value;
  int rc = code_of(sample, sample_len, "lexicon");
  sample[at] = old;
  return rc;
}

static void test_refused(void) {
  mill_image im;
  mill_error err;
  CHECK_EQ(code_of(sample, sample_len, "lexicon"), 0);
  CHECK_EQ(code_of(sample, sample_len, "places"), MILL_EFORMAT);
  CHECK_EQ(changed(0, 'X'), MILL_EFORMAT);
  CHECK_EQ(changed(8, 99), MILL_EVERSION);    /* format */
  CHECK_EQ(changed(15, 0x04), MILL_EFORMAT);  /* byte order */
  CHECK_EQ(changed(33, '6'), MILL_EVERSION);  /* Unicode 16.0 */
  CHECK_EQ(changed(40, 77), MILL_EVERSION);   /* folding */
  CHECK_EQ(mill_image_open(&im, "/nowhere/textmill-x.dat", "lexicon", &err), MILL_ENOTFOUND);
  CHECK_EQ(mill_image_open(&im, folder, "lexicon", &err), MILL_EIO);
  CHECK(im.bytes == NULL);
}

/* No cut and no changed byte goes unnoticed. */
static void test_damage(void) {
  uint32_t unnoticed = 0;
  for (size_t n = 0; n < sample_len; n += 7) unnoticed += code_of(sample, n, "lexicon") >= 0;
  for (size_t i = 0; i < sample_len; i++) unnoticed += changed(i, sample[i] ^ 0x41) >= 0;
  CHECK_EQ(unnoticed, 0);
}

static void test_writer_limits(void) {
  mill_image_writer w = {.kind = "lexicon"};
  mill_error err;
  for (int i = 0; i < 40; i++) mill_image_add(&w, "x", "y", 1);
  CHECK_EQ(mill_image_write(&w, copy, &err), MILL_ELIMIT);
  w.n = 1;
  CHECK(mill_image_write(&w, "/nowhere/x.dat", &err) < 0);
}

int main(void) {
  if (!CHECK(mkdtemp(folder) != NULL)) return check_report();
  snprintf(path, sizeof path, "%s/a.dat", folder);
  snprintf(copy, sizeof copy, "%s/b.dat", folder);
  write_sample();
  test_read_back();
  read_sample();
  if (sample != NULL) {
    test_refused();
    test_damage();
    test_writer_limits();
  }
  free(sample);
  remove(path);
  remove(copy);
  rmdir(folder);
  return check_report();
}
