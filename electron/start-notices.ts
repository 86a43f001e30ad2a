/** What is said once at a start that goes on all the same: for whoever looks after the machine, in both languages, on standard error. */
export const notices = {
  folderOpenToOthers: (folder: string): string =>
    `这台电脑的其他用户可能读得到值守台的数据：${folder} 是共用的文件夹，或所在的磁盘不分权限。请用 --data 换一个只属于值守台的文件夹。\nOther users of this PC may be able to read Guardroom's data: ${folder} is shared, or its disk keeps no rights. Name a folder of Guardroom's own with --data.`,
} as const;
