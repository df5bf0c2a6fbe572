import { readFileSync } from 'node:fs'
import { checkEvidence, isSound } from '../server/services/papers/check-evidence.ts'

/**
 * `npm run evidence:verify -- PACK [KEY]`: checks an evidence pack anywhere. Ends with 1 when something does not fit, with 2
 * when there is nothing to check: no such file, no pack, no key.
 */
const [file, keyFile] = process.argv.slice(2)
if (!file) {
  console.error('用法：npm run evidence:verify -- 证据包.zip [公钥.pem]')
  process.exit(2)
}
const verdict = checked(file, keyFile)
const { files, changed, missing, added, isSigned, fingerprint, chainBrokenAt } = verdict
for (const name of changed) console.log(`不符：${name} 的内容与散列不符`)
for (const name of missing) console.log(`不符：缺少 ${name}`)
for (const name of added) console.log(`不符：${name} 不在散列清单中`)
if (!isSigned) console.log('不符：散列清单的签名与公钥不符')
if (chainBrokenAt !== null) console.log(`不符：审计链第 ${chainBrokenAt} 条`)
console.log(`公钥指纹（SHA-256）：${fingerprint}${keyFile ? '' : '；取自证据包本身，请与公布的指纹核对'}`)
console.log(`${isSound(verdict) ? '相符' : '不符'}：${files} 个文件`)
process.exitCode = isSound(verdict) ? 0 : 1

function checked(pack: string, key?: string) {
  try {
    return checkEvidence(readFileSync(pack), key && readFileSync(key, 'utf8'))
  } catch (error) {
    console.error(`无法核验：${error instanceof RangeError ? `${pack} 不是证据包` : (error as Error).message}`)
    process.exit(2)
  }
}
