import { Link } from 'react-router'
import type { Schemas } from '../../shared/api.ts'
import { yuan } from '../../shared/form/schema.ts'
import { itemStatus, moment, paymentStatus, toneOf } from '../../shared/words.ts'
import { Reasons } from '../choose/Reasons.tsx'
import { titleOf } from '../../shared/region.ts'
import type { Guide } from '../../shared/region.ts'
import { isFinal, isOpen } from './case.ts'
import type { Case, Item } from './case.ts'
import { useGivenRatings } from './given-ratings.ts'
import { PromisedDay } from './PromisedDay.tsx'
import { WithdrawItem } from './WithdrawItem.tsx'

interface LaneProps {
  readonly one: Case
  readonly item: Item
  readonly guide: Guide
  readonly papers: readonly Schemas['Notice'][]
}

/** One item: how far, with whom, until when, what came of it, and what the applicant can do. */
export function Lane({ one, item, guide, papers }: LaneProps) {
  const isRated = useGivenRatings(one).data?.some(({ slug }) => slug === item.slug) ?? false
  const mayRate = isFinal(item) && item.status !== 'withdrawn' && !isRated
  const department = guide.departments.find(({ slug }) => slug === item.department)?.name ?? item.department
  return (
    <section className={`lane ${toneOf(item.status)}`} aria-labelledby={`lane-${item.slug}`}>
      <h2 id={`lane-${item.slug}`}>{item.title}</h2>
      <p><span className={`tag ${toneOf(item.status)}`}>{itemStatus[item.status]}</span> {!isFinal(item) && `现在由${department}办理`}</p>
      {item.waitingFor.length > 0 && <p>等“{item.waitingFor.map(slug => titleOf(guide, slug)).join('”“')}”办好后自动继续。</p>}
      {item.retrying && !item.hasIncident && <p>{item.retrying}的系统暂时没有回应，系统正在自动重试，恢复后自动办下去。您不用重复提交。</p>}
      {item.hasIncident && <p>业务系统暂时有问题，工作人员正在处理，您不用重复提交。</p>}
      <Reasons reasons={item.reasons} />
      <PromisedDay deadline={item.deadline} isOver={isFinal(item)} />
      {item.receipt && <p>回执号 {item.receipt.number}（{moment(item.receipt.issuedAt)}）</p>}
      {item.rows && item.rows.length > 0 && <Rows rows={item.rows} guide={guide} />}
      {item.payment && <p>合计 {yuan(item.payment.amountFen)} 元，{paymentStatus[item.payment.status]}</p>}
      {papers.length > 0 && (
        <ul className="files">
          {papers.map(paper => (
            <li key={paper.id}><a href={`/api/v1/applications/${one.id}/notices/${paper.id}.pdf`} download>{paper.title}</a></li>
          ))}
        </ul>
      )}
      {isOpen(item) && <WithdrawItem id={one.id} item={item} />}
      {mayRate && <p><Link to={`/cases/${one.id}/rate/${item.slug}`}>评价这个事项</Link></p>}
    </section>
  )
}

/** The insurances of a declaration, each of which goes its own way. */
function Rows({ rows, guide }: { rows: readonly Schemas['ItemRow'][]; guide: Guide }) {
  return (
    <ul>
      {rows.map(({ id, title, status, waitingFor, payment, assessment, receipt, reasons }) => (
        <li key={id}>
          {title}：{itemStatus[status]}
          {waitingFor && `，等“${titleOf(guide, waitingFor)}”办好`}
          {payment && `，${yuan(payment.amountFen)} 元，${paymentStatus[payment.status]}`}
          {receipt && `，回执号 ${receipt.number}`}
          {assessment && <Assessment found={assessment} />}
          <Reasons reasons={reasons} />
        </li>
      ))}
    </ul>
  )
}

/** What the tax department found, as the sheet prints it. */
function Assessment({ found }: { found: NonNullable<Schemas['ItemRow']['assessment']> }) {
  return (
    <ul className="note">
      {found.lines.map(({ item, subitem, amountFen, tierFen, baseFen, rateBasisPoints }) => (
        <li key={`${item}/${subitem}`}>
          {item}（{subitem}）：应缴 {yuan(amountFen)} 元
          {tierFen !== undefined && `，缴费档次 ${yuan(tierFen)} 元`}
          {baseFen !== undefined && `，缴费基数 ${yuan(baseFen)} 元`}
          {rateBasisPoints !== undefined && `，费率 ${rateBasisPoints / 100}%`}
        </li>
      ))}
      <li>社会保险编码 {found.socialInsuranceCode}，纳税人识别号 {found.taxpayerId}</li>
    </ul>
  )
}
