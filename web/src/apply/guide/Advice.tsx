import { Link } from 'react-router'
import type { Schemas } from '../../shared/api.ts'
import { Reasons } from '../choose/Reasons.tsx'
import { Page } from '../frame/Page.tsx'

type Advised = Schemas['Recommendations']

type AdvisedMatter = Advised['matters'][number]

const GROUPS: readonly { readonly title: string; readonly holds: (matter: AdvisedMatter) => boolean }[] = [
  { title: '适合您办理', holds: ({ verdict }) => verdict === 'recommended' },
  { title: '也可以办理', holds: ({ verdict }) => verdict === 'possible' },
  { title: '可以申请，由工作人员核实', holds: ({ verdict, reasons }) => verdict === 'ask-a-person' && reasons.length > 0 },
  { title: '可以申请，提交后核对条件', holds: ({ verdict, reasons }) => verdict === 'ask-a-person' && reasons.length === 0 },
  { title: '不能办理', holds: ({ verdict }) => verdict === 'not-possible' }
]

/** What the answers say of each matter, the fitting ones first, each refusal with its clause. */
export function Advice({ region, advice, onBack }: { region: string; advice: Advised; onBack: () => void }) {
  return (
    <Page title="您适合办理的事项">
      {advice.matters.some(({ missingFacts }) => missingFacts.length > 0) && <p>问题回答得越多，结果越准。</p>}
      {GROUPS.map(({ title, holds }) => {
        const matters = advice.matters.filter(holds)
        return matters.length > 0 && (
          <section key={title}>
            <h2>{title}</h2>
            <ul>{matters.map(({ slug, title: name, reasons }) => <li key={slug}>{name}<Reasons reasons={reasons} /></li>)}</ul>
          </section>
        )
      })}
      {advice.choices.length > 0 && (
        <section>
          <h2>只能选其中一项</h2>
          <Reasons reasons={advice.choices} />
        </section>
      )}
      <div className="actions">
        <Link className="button wide" to={`/regions/${region}/choose`}>去办理</Link>
        <button type="button" className="quiet wide" onClick={onBack}>修改回答</button>
      </div>
    </Page>
  )
}
