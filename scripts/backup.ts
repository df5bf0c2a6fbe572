import { command } from './backup/command.ts'
import { takeBackup } from './backup/take-backup.ts'

const ENGINE = {
  own: '含流程引擎的数据库', shared: '流程引擎与办件同库，已在其中',
  none: '不含流程引擎的数据库（ENGINE_DB_URL 不是 PostgreSQL），需另行备份'
} as const

/** `npm run backup -- FILE`: databases and stored files of the installation in one sealed file; the system may go on running. */
const [file] = process.argv.slice(2)
if (!file) {
  console.error('用法：npm run backup -- 文件')
  process.exit(2)
}
await command(async config => {
  const { files, engine } = await takeBackup(config, file, new Date())
  console.log(`已备份到 ${file}：${files} 个材料文件，${ENGINE[engine]}。`)
  console.log('密钥不在备份内：BACKUP_KEY、DATA_KEY 和 HASH_KEY 须另行保管，缺一不可恢复。')
})
