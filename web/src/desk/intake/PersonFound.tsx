import { Alert, Button, Tag } from 'antd'
import { Link } from 'react-router'
import type { paths } from '../../shared/api.generated.ts'
import { titleOf } from '../../shared/region.ts'
import type { Guide } from '../../shared/region.ts'
import { CASE_STATES, moment } from '../labels.ts'
import { Referrals } from './Referrals.tsx'

export type Found = paths['/window/person']['post']['responses']['200']['content']['application/json']

interface PersonFoundProps {
  readonly found: Found
  readonly guide: Guide
  readonly reading: string
  /** The draft of the person that is brought along. */
  readonly begun: string | undefined
  readonly onBegin: (id: string) => void
}

const SEXES = { male: '男', female: '女' } as const

/** What the card says, and what of this person is there already. */
export function PersonFound({ found: { person, remarks, drafts, cases }, guide, reading, begun, onBegin }: PersonFoundProps) {
  const names = (matters: readonly string[]): string => matters.map(slug => titleOf(guide, slug)).join('、')
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['姓名', person.name], ['性别', person.sex && SEXES[person.sex]], ['民族', person.ethnicity], ['出生日期', person.birthDate], ['住址', person.address],
    ['证件号码', person.idNumber], ['签发机关', person.issuer], ['有效期限', [person.validFrom, person.validUntil].filter(Boolean).join(' 至 ')]
  ]
  return (
    <section className="panel" aria-labelledby="person-title">
      <h2 id="person-title">申请人</h2>
      {remarks.map(remark => <Alert key={remark} type="warning" showIcon title={remark} />)}
      <dl className="card-facts">
        {facts.map(([label, value]) => value && <div key={label}><dt>{label}</dt><dd>{value}</dd></div>)}
      </dl>
      {drafts.length > 0 && (
        <>
          <h3>已有的草稿</h3>
          <ul className="plain">
            {drafts.map(({ id, matters, updatedAt, isOwn }) => (
              <li key={id}>
                <span>
                  {names(matters) || '尚未选择事项'}　
                  <span className="quiet">{moment(updatedAt)}　{isOwn ? '窗口录入' : '本人在线上填写'}</span>
                </span>
                {isOwn
                  ? <Link to={`/intake/${id}`}>接着录入</Link>
                  : (
                    <Button size="small" aria-pressed={id === begun} onClick={() => onBegin(id)}>
                      {id === begun ? '已带入内容' : '带入这份内容'}
                    </Button>
                  )}
              </li>
            ))}
          </ul>
        </>
      )}
      {cases.length > 0 && (
        <>
          <h3>办件</h3>
          <ul className="plain">
            {cases.map(({ id, number, status, matters }) =>
              <li key={id}><Link to={`/intake/${id}/done`}>{number}　{names(matters)}</Link><Tag>{CASE_STATES[status]}</Tag></li>)}
          </ul>
        </>
      )}
      <Referrals reading={reading} />
    </section>
  )
}
