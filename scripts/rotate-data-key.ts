import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readDataKeys, withNewKey } from '../core/data-keys.ts'
import { secretFileName } from '../core/config.ts'

/**
 * `npm run keys:rotate`: puts a new key in front of `DATA_DIR/secrets/data-key`. After the next start it seals everything new;
 * the earlier keys stay and open what they sealed. A key that the environment hands over is changed where it is kept.
 */
function main(): void {
  if (process.env.DATA_KEY) return refuse('DATA_KEY 由环境变量提供，请在保管它的地方改为“新密钥名:新密钥 旧密钥名:旧密钥”的形式。')
  const file = join(process.env.DATA_DIR || './var', 'secrets', secretFileName('DATA_KEY'))
  if (!existsSync(file)) return refuse('还没有数据密钥文件，首次启动时会自动生成。')
  const text = readFileSync(file, 'utf8')
  if (!readDataKeys(text)) return refuse('数据密钥文件的内容有误，未作更改。')
  const next = `${file}.next`
  writeFileSync(next, withNewKey(text, randomBytes(32)), { mode: 0o600, flag: 'wx' })
  // In one step: whoever reads the file meets the old list or the new one, never half of it.
  renameSync(next, file)
  console.log(`已启用新的数据密钥 ${readDataKeys(readFileSync(file, 'utf8'))![0]!.id}，重新启动后生效；旧密钥须继续保留，用于打开已有数据。`)
}

function refuse(why: string): void {
  console.error(why)
  process.exitCode = 1
}

main()
