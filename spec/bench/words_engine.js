// jieba-rs in Node as an engine of `make bench-words`; words_engine.h has the protocol.
// ENGINE: jieba-rs (with its hidden Markov model) or jieba-rs-plain. $RIVALS: node_modules.
const fs = require('fs');
const readline = require('readline');
const rivals = process.env.RIVALS;
const { Jieba } = require(rivals + '/@node-rs/jieba');
const { dict } = require(rivals + '/@node-rs/jieba/dict.js');
const [engine, mode, file, runs] = process.argv.slice(2);
const hmm = engine === 'jieba-rs';
const now = () => { const t = process.cpuUsage(); return (t.user + t.system) / 1e6; };

function median(f, size) {
  const times = [];
  for (let k = 0, spent = 0; k < Number(runs) && (k === 0 || spent < 4); k++) {
    const from = now();
    f();
    times.push(now() - from);
    spent += times[k];
  }
  times.sort((a, b) => a - b);
  return size / 1e6 / times[times.length >> 1];
}

const from = now();
const jieba = Jieba.withDict(dict);
const opened = (now() - from) * 1e3;
if (mode === 'speed') {
  const text = fs.readFileSync(file, 'utf8'), size = fs.statSync(file).size;
  let tokens = 0;
  const whole = median(() => jieba.cut(text, hmm), size);
  const lines = text.split('\n');
  const each = median(() => { tokens = 0; for (const s of lines) tokens += jieba.cut(s, hmm).length; }, size);
  console.log([each.toPrecision(4), whole.toPrecision(4), tokens, opened.toPrecision(4)].join('\t'));
} else {
  const lines = readline.createInterface({ input: mode === 'cut' ? process.stdin : fs.createReadStream(file) });
  lines.on('line', (s) => {
    const words = jieba.cut(s, hmm);
    if (mode === 'cut') console.log(words.filter((w) => w.trim() !== '').join(' '));
  });
  lines.on('close', () => { if (mode === 'memory') console.log((process.memoryUsage().rss / 1e6).toPrecision(4)); });
}
