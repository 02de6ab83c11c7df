rockspec_format = "3.0"
package = "textmill-model-gsd"
version = "scm-1"
source = {
   url = "git+https://github.com/textmill/textmill.git",
}
description = {
   summary = "A model of Chinese words and parts of speech for textmill",
   detailed = [[
The model of tm.words(s, {mode = "model"}), learnt from the Universal Dependencies
treebank Chinese GSD. Its licence is the treebank's, not that of textmill.]],
   license = "CC-BY-SA-4.0",
   homepage = "https://github.com/textmill/textmill",
}
dependencies = { "lua >= 5.4, < 5.5" }
build = {
   type = "make",
   build_pass = false,
   install_target = "rock-install-model",
   install_variables = { ROCK_LIBDIR = "$(LIBDIR)" },
}
