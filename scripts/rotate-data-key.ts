import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readDataKeys, rotateKeys } from '../core/data-keys.ts'
import type { Rotation } from '../core/data-keys.ts'
import { secretFileName } from '../core/config.ts'

/**
 * `npm run keys:rotate`, run twice: first adds a new key last to `DATA_DIR/secrets/data-key`, so that every server can learn to
 * open with it; then moves it to the front, so that it seals. The earlier keys stay and open what they sealed. A key that the
 * environment hands over is changed where it is kept.
 */
function main(): void {
  if (process.env.DATA_KEY) {
    return refuse('DATA_KEY 由环境变量提供，请在保管它的地方分两步更换，每步之后逐份重启全部服务：先改为“旧密钥名:旧密钥 新密钥名:新密钥”，再把新密钥移到最前。')
  }
  const file = join(process.env.DATA_DIR || './var', 'secrets', secretFileName('DATA_KEY'))
  if (!existsSync(file)) return refuse('还没有数据密钥文件，首次启动时会自动生成。')
  const text = readFileSync(file, 'utf8')
  if (!readDataKeys(text)) return refuse('数据密钥文件的内容有误，未作更改。')
  const rotation = rotateKeys(text, randomBytes(32))
  if (!rotation) return refuse('密钥的名称不全是 k1、k2……，看不出哪一个最新，未作更改：请手工更换，先把新密钥加在最后，全部服务重启后再移到最前。')
  const next = `${file}.next`
  writeFileSync(next, rotation.text, { mode: 0o600, flag: 'wx' })
  // Whoever could read the list before has to read it after, such as the user of a container.
  chmodSync(next, statSync(file).mode & 0o777)
  // In one step: whoever reads the file meets the old list or the new one, never half of it.
  renameSync(next, file)
  for (const line of told(rotation)) console.log(line)
}

function told({ id, state }: Rotation): string[] {
  if (state === 'added') {
    return [`第一步完成：新的数据密钥 ${id} 已加在最后，重新启动后只用于打开，暂不用于加密。`,
      '接下来：把这个文件放到每一台服务的机器上，逐份重启全部服务，再运行一次本命令；只有一份服务时，可以马上再运行一次，一并重启。']
  }
  return [`第二步完成：数据密钥 ${id} 已移到最前，重新启动后用于加密；旧密钥须继续保留，用于打开已有数据。`,
    '接下来：把这个文件放到每一台服务的机器上，逐份重启全部服务，更换即告完成。再运行本命令会开始下一次更换。']
}

function refuse(why: string): void {
  console.error(why)
  process.exitCode = 1
}

main()
