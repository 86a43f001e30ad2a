/** What `backup` and `restore` say, in both languages. */

/** What came of it: lines for standard output when it is done, else for standard error. */
export interface Outcome {
  readonly done: boolean;
  readonly lines: readonly string[];
}

const both = (zh: string, en: string): string => `${zh}\n${en}`;

/** Not done, and nothing changed. */
export const refused = (line: string): Outcome => ({ done: false, lines: [line] });

export const backupText = {
  askForCode: both(
    '请输入恢复码（建立小区时抄下来的那一张），按回车：',
    'Type the recovery code (the one on paper from when the community was set up) and press Enter:',
  ),
  notEmpty: (folder: string): string =>
    both(
      `文件夹里已经有东西，没有改动：${folder}。请换一个空文件夹。`,
      `The folder is not empty and was left as it is: ${folder}. Name an empty one.`,
    ),
  noCommunity: both(
    '这里还没有恢复码：小区还没有建立，或者这是演示。没有做备份。',
    'There is no recovery code here: no community has been set up, or this is the demo. No backup was made.',
  ),
  wrongCode: both(
    '恢复码不对，什么也没有改动。请对照纸上的恢复码再试；用过一次以后，要用新的那一张。',
    'The recovery code is not right; nothing was changed. Compare it with the paper and try again; once it was used, the newer paper counts.',
  ),
  wrongBackupCode: (madeOn: string): string =>
    both(
      `恢复码打不开这份备份，什么也没有改动。要用做备份那天（${madeOn}）有效的恢复码。`,
      `The recovery code does not open this backup; nothing was changed. It takes the code that was valid on the day of the backup (${madeOn}).`,
    ),
  keychain: both(
    '钥匙由桌面程序的系统钥匙串保管，这个命令取不到，没有做备份。',
    "The keys are kept in the desktop program's keychain, out of this command's reach. No backup was made.",
  ),
  noBackup: (folder: string): string =>
    both(
      `这里没有完整的备份：${folder}。什么也没有改动。`,
      `There is no complete backup in ${folder}. Nothing was changed.`,
    ),
  damaged: (file: string): string =>
    both(
      `备份里的文件损坏、不完整或被改动过：${file}。什么也没有改动。请用另一份备份。`,
      `A file of the backup is damaged, cut short or was changed: ${file}. Nothing was changed. Use another backup.`,
    ),
  otherStation: (folder: string): string =>
    both(
      `这份备份是另一个值守台的，和这里的日志对不上：${folder}。什么也没有改动。`,
      `This backup is another station's and does not fit the log in ${folder}. Nothing was changed.`,
    ),
  failed: (file: string, why: string): string =>
    both(
      `不能写入 ${file}（${why}）。请检查磁盘空间和权限。写了一半的文件已经删掉。`,
      `${file} could not be written (${why}). Check the disk's space and the permissions. What was half written has been removed.`,
    ),
  backedUp: (rows: number, folder: string): string =>
    both(
      `备份做好了：${folder}，日志到第 ${rows} 条。它用现在的恢复码上锁：恢复码换了以后，旧的那一张要和这份备份一起留着，或者重新做一份备份。`,
      `The backup is in ${folder}, with the log up to row ${rows}. It is locked by the present recovery code: when the code changes, keep the old paper with this backup, or make a new one.`,
    ),
  restored: (rows: number, madeOn: string, folder: string): string =>
    both(
      `已恢复到 ${folder}：日志到第 ${rows} 条，备份时间 ${madeOn}。之后发生的事不在里面。所有人都要重新用 PIN 登录。原来那台值守台不要再启动。`,
      `Restored to ${folder}: the log up to row ${rows}, backed up at ${madeOn}. What happened later is not in it. Everybody signs in again with the PIN. Do not start the former station again.`,
    ),
  keysRestored: (people: number): string =>
    both(
      `钥匙已经放回，日志一条也没有动。补回 ${people} 人（次）的钥匙；备份以后才登记的姓名，只有原来的钥匙文件才打得开。`,
      `The keys are back, and no row of the log was touched. Keys put back: ${people}. Names entered after the backup open only with the original key file.`,
    ),
  putAside: (file: string): string =>
    both(
      `打不开的旧文件改名留在：${file}。确认一切正常后请删掉它。`,
      `The file that did not open was kept as ${file}. Delete it once everything works.`,
    ),
} as const;
