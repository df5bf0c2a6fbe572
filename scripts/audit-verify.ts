import { createReadStream } from 'node:fs'
import { verifyAuditFile } from '../server/db/audit-file-check.ts'

const REASONS = {
  gap: '缺少记录，或次序被调换', link: '与上一条的散列不衔接', hash: '内容与散列不符', head: '链尾与办件的链头不符'
} as const

/** `npm run audit:verify -- FILE`: recomputes an exported trail or the 审计链.json of a case; ends with 1 when it does not fit. */
const [file] = process.argv.slice(2)
if (!file) {
  console.error('用法：npm run audit:verify -- 文件（audit:export 导出的文件，或证据包中的 审计链.json）')
  process.exit(2)
}
const { chains, events, seals, broken, brokenSeal } = await verifyAuditFile(createReadStream(file, 'utf8'))
for (const { chain, brokenAt, reason } of broken) console.log(`不符：链 ${chain} 第 ${brokenAt} 条，${REASONS[reason!]}`)
if (brokenSeal !== null) console.log(`不符：第 ${brokenSeal} 次封存`)
const isIntact = broken.length === 0 && brokenSeal === null
console.log(`${isIntact ? '相符' : '不符'}：${chains} 条链，${events} 条记录，${seals} 次封存`)
process.exitCode = isIntact ? 0 : 1
