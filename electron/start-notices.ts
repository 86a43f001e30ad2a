import type { NamedCamera } from './station/features/cameras/plain-passwords.ts';

/** What is said once at a start that goes on all the same: for whoever looks after the machine, in both languages, on standard error. */
export const notices = {
  folderOpenToOthers: (folder: string): string =>
    `这台电脑的其他用户可能读得到值守台的数据：${folder} 是共用的文件夹，或所在的磁盘不分权限。请用 --data 换一个只属于值守台的文件夹。\nOther users of this PC may be able to read Guardroom's data: ${folder} is shared, or its disk keeps no rights. Name a folder of Guardroom's own with --data.`,
  plainPasswords: (cameras: readonly NamedCamera[]): string => {
    const zh = cameras.map(({ name, number }) => (number === null ? name : `${number} 号 ${name}`)).join('、');
    const en = cameras.map(({ name, number }) => (number === null ? name : `${number} (${name})`)).join(', ');
    return `这些摄像头的密码以前随地址写进了值班日志，没有加密，也删不掉：${zh}。请在摄像头上换一个密码，再在“人员与设备”里填上新的。\nThe passwords of these cameras were once written into the log with their address, unprotected, and cannot be taken out: ${en}. Change each password on the camera, then enter the new one under "people, devices".`;
  },
} as const;
