import { command } from './backup/command.ts'
import { restoreBackup } from './backup/restore-backup.ts'

/** `npm run restore -- FILE [--replace]`: brings a backup back, verifies it, and ends with 1 when something does not fit. */
const given = process.argv.slice(2)
const [file, ...more] = given.filter(one => one !== '--replace')
if (!file || more.length > 0 || file.startsWith('--')) {
  console.error('用法：npm run restore -- 文件 [--replace]')
  process.exit(2)
}
await command(async config => {
  const { manifest, cases, chains, broken, files, missing } = await restoreBackup(config, file, given.includes('--replace'))
  console.log(`已恢复 ${manifest.takenAt} 的备份：${cases} 件办件，${chains} 条审计链，${files} 个材料文件。`)
  for (const chain of broken) console.log(`不符：审计链 ${chain}`)
  for (const name of missing) console.log(`缺少材料文件：${name}`)
  if (broken.length + missing.length > 0) process.exitCode = 1
  else console.log('全部审计链相符，材料文件齐全。')
})
