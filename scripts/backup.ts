import { statSync } from 'node:fs'
import { join } from 'node:path'
import { command } from './backup/command.ts'
import { checkHoldsEngine, nameOfBackup, takeBackup } from './backup/take-backup.ts'

const ENGINE = {
  own: '含流程引擎的数据库', shared: '流程引擎与办件同库，已在其中',
  none: '不含流程引擎的数据库（ENGINE_DB_URL 不是 PostgreSQL），需另行备份'
} as const

/**
 * `npm run backup -- FILE|FOLDER [--without-engine]`: databases and stored files of the installation in one sealed file; the
 * system may go on running. In a folder the file is called by the time.
 */
const given = process.argv.slice(2)
const [place, ...more] = given.filter(one => one !== '--without-engine')
if (!place || more.length > 0 || place.startsWith('--')) {
  console.error('用法：npm run backup -- 文件或文件夹 [--without-engine]')
  process.exit(2)
}
await command(async config => {
  if (!given.includes('--without-engine')) checkHoldsEngine(config)
  const now = new Date()
  const file = statSync(place, { throwIfNoEntry: false })?.isDirectory() ? join(place, nameOfBackup(now)) : place
  const { files, engine } = await takeBackup(config, file, now)
  console.log(`已备份到 ${file}：${files} 个材料文件，${ENGINE[engine]}。`)
  console.log('密钥不在备份内：BACKUP_KEY、DATA_KEY 和 HASH_KEY 须另行保管，缺一不可恢复。')
})
