"""jieba for Python as an engine of `make bench-words`; words_engine.h has the protocol.
ENGINE: jieba (with its hidden Markov model) or jieba-plain."""
import resource
import sys
import time

import jieba

jieba.setLogLevel(60)
hmm = sys.argv[1] == "jieba"


def opened():
    start = time.process_time()
    jieba.initialize()
    return (time.process_time() - start) * 1e3


def timed(pieces, size):
    start = time.process_time()
    tokens = sum(len(jieba.lcut(piece, HMM=hmm)) for piece in pieces)
    return size / 1e6 / (time.process_time() - start), tokens


if sys.argv[2] == "speed":
    took = opened()
    text = open(sys.argv[3], encoding="utf-8").read()
    size = len(text.encode())
    lines, tokens = timed(text.split("\n"), size)
    print("%.4g\t%.4g\t%d\t%.4g" % (lines, 0, tokens, took))
elif sys.argv[2] == "memory":
    opened()
    for line in open(sys.argv[3], encoding="utf-8"):
        jieba.lcut(line, HMM=hmm)
    pages = int(open("/proc/self/statm").read().split()[1])
    print("%.4g" % (pages * resource.getpagesize() / 1e6))
else:
    for line in sys.stdin:
        print(" ".join(word for word in jieba.cut(line.rstrip("\n"), HMM=hmm) if word.strip()))
