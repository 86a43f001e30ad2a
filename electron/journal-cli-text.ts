import type { DataFileFault } from '../native/os/data-file-error.ts';
import type { JournalFault, Verification } from './station/ports/journal.port.ts';

/** One sentence in both languages, Chinese first. */
const both = (zh: string, en: string): string => `${zh}\n${en}`;

type Bad = Extract<Verification, { ok: false }>;

const problems: Readonly<Record<Bad['problem'], (seq: number, lastSeq: number) => string>> = {
  edited: (seq) => both(`日志第 ${seq} 条被改动过。`, `Journal row ${seq} was edited.`),
  missing: (seq) => both(`日志第 ${seq} 条被删除了。`, `Journal row ${seq} was removed.`),
  inserted: (seq) =>
    both(`日志第 ${seq} 条是后来插进去的。`, `Journal row ${seq} was inserted: the station did not write it.`),
  cutTail: (seq, lastSeq) =>
    both(
      `日志末尾被截断：第 ${seq} 条起已经没有了，只剩 ${lastSeq} 条。`,
      `The end of the journal was cut off: row ${seq} and what followed are gone, ${lastSeq} rows are left.`,
    ),
  rewritten: (seq) =>
    both(
      `日志从第 ${seq} 条起被整段重写过：与数据库以外保存的签名不符。`,
      `The journal was rewritten from row ${seq} on: it does not fit the signature kept outside the database.`,
    ),
  headUnsigned: (seq) =>
    both(
      `找不到有效的日志签名，从第 ${seq} 条起都无法证明。请检查 heads 文件夹和 signing.pub。`,
      `There is no valid signature of the journal's head: from row ${seq} on nothing is proven. Look at the folder heads and at signing.pub.`,
    ),
  unreadable: (seq) =>
    seq === 0
      ? both(
          '日志各条完好，但数据库文件的其他部分已损坏。请先备份文件夹，再运行 rebuild。',
          'Every journal row holds, but another part of the database file is damaged. Copy the folder first, then run rebuild.',
        )
      : both(
          `日志从第 ${seq} 条起读不出来：文件已损坏。请先备份文件夹。`,
          `From row ${seq} on the journal cannot be read: the file is damaged. Copy the folder first.`,
        ),
};

/** What verifying found, in words. */
export const verdictText = (verdict: Verification): string =>
  verdict.ok
    ? both(
        `日志完好：共 ${verdict.lastSeq} 条，签名到第 ${verdict.headSeq} 条。`,
        `The journal holds: ${verdict.lastSeq} rows, signed up to row ${verdict.headSeq}.`,
      )
    : problems[verdict.problem](verdict.firstBadSeq, verdict.lastSeq);

const faults: Readonly<Record<JournalFault['kind'], string>> = {
  diskFull: both('磁盘已满，什么也没有改动。请先腾出空间。', 'The disk is full; nothing was changed. Make room first.'),
  readOnly: both('数据文件夹只能读，不能写。请检查权限。', 'The data folder can only be read. Check its permissions.'),
  damaged: both(
    '日志文件已损坏。请先备份文件夹，再运行 verify。',
    'The journal file is damaged. Copy the folder first, then run verify.',
  ),
  ioError: both('读写磁盘时出错。请检查磁盘。', 'Reading or writing the disk failed. Check the disk.'),
};

const dataFiles: Readonly<Record<DataFileFault, (file: string) => string>> = {
  missing: (file) => both(`缺少文件：${file}。没有改动任何内容。`, `A file is missing: ${file}. Nothing was changed.`),
  damaged: (file) =>
    both(
      `文件损坏或读不出来：${file}。没有改动任何内容。`,
      `A file is damaged or cannot be read: ${file}. Nothing was changed.`,
    ),
  foreign: (file) =>
    both(
      `这个文件不是这个值守台的，和其他文件对不上：${file}。没有改动任何内容。`,
      `This file is not this station's and does not fit the others: ${file}. Nothing was changed.`,
    ),
};

export const text = {
  usage: (problem: string): string =>
    both(
      `看不懂：${problem}\n用法：npm run journal -- verify|rebuild|export [--data 文件夹] [--out 文件] [--public-key 文件]\n      npm run journal -- backup|restore 备份文件夹 [--data 文件夹] [--keys]`,
      `Not understood: ${problem}\nUsage: npm run journal -- verify|rebuild|export [--data DIR] [--out FILE] [--public-key FILE]\n       npm run journal -- backup|restore BACKUP [--data DIR] [--keys]`,
    ),
  missing: (folder: string): string =>
    both(
      `这里没有值守台的数据：${folder}。请用 --data 指定数据文件夹。`,
      `There is no Guardroom data in ${folder}. Name the data folder with --data.`,
    ),
  missingKey: (file: string): string => both(`读不到公钥：${file}。`, `The public key cannot be read: ${file}.`),
  inUse: both('值守台正在使用这个数据文件夹，请先退出它。', 'A station is using this data folder. Stop it first.'),
  newerSchema: both(
    '数据是由更新版本的值守台写的，这个版本不会改动它。请安装新版本。',
    'The data was written by a newer Guardroom; this one leaves it alone. Install the newer version.',
  ),
  outExists: (file: string): string =>
    both(`文件已经存在，没有覆盖：${file}。`, `The file exists and was left as it is: ${file}.`),
  outFailed: (file: string, why: string): string =>
    both(`不能写入 ${file}：${why}。`, `${file} could not be written: ${why}.`),
  exported: (rows: number, file: string): string =>
    both(`已导出 ${rows} 条到 ${file}。`, `${rows} rows were exported to ${file}.`),
  rebuilt: (facts: number): string =>
    both(`已根据 ${facts} 条日志重建各项视图。`, `The read models were rebuilt from ${facts} rows.`),
  dataFile: (file: string, fault: DataFileFault): string => dataFiles[fault](file),
  copiedWithoutWal: both(
    '旁边没有 journal.db-wal。如果是手工复制的，最新的内容还在那个文件里：请把它一起复制，或用 backup 做备份。',
    'There is no journal.db-wal beside it. If the folder was copied by hand, the newest entries are in that file: copy it as well, or make the copy with backup.',
  ),
  fault: (fault: JournalFault): string => faults[fault.kind],
} as const;
