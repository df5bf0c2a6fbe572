import { moment } from '../labels.ts'
import type { Dossier } from './use-dossier.ts'

/** 为什么到了这里: the rule with its clause, what was found automatically, what a correction changed, what the process asks for. */
export function WhyHere({ why: { rule, findings, instruction }, proposal, changes }: Pick<Dossier, 'why' | 'proposal' | 'changes'>) {
  return (
    <section aria-labelledby="why-title" className="panel why">
      <h2 id="why-title">为什么在此</h2>
      {rule && (
        <dl>
          <dt>规则</dt><dd>{rule.description || '规则暂时查不到'}</dd>
          {rule.clause && <><dt>依据</dt><dd>{rule.clause}</dd></>}
        </dl>
      )}
      {proposal && (
        <p><b>须两人办理：</b>{proposal.by} 已提出意见“{proposal.label}”{proposal.reasonText && `（${proposal.reasonText}）`}，请您复核后作出意见。</p>
      )}
      {changes.length > 0 && (
        <>
          <h3>须重新核对</h3>
          <ul>{changes.map(({ at, corrected, labels }) => <li key={at}>{labels.join('、')}：申请人在“{corrected}”补正时改动（{moment(at)}）</li>)}</ul>
        </>
      )}
      {findings.length > 0 && (
        <>
          <h3>自动核验结论</h3>
          <ul>{findings.map(({ code, clause, message }) => <li key={`${code} ${message}`}>{message}{clause && <div className="quiet">{clause}</div>}</li>)}</ul>
        </>
      )}
      {instruction && <><h3>办理要求</h3><p>{instruction}</p></>}
    </section>
  )
}
