import { useMutation } from '@tanstack/react-query'
import { Alert, Button, Modal } from 'antd'
import { answer, api } from '../../shared/api.ts'
import type { paths } from '../../shared/api.generated.ts'

type Verdict = paths['/audit/verify']['get']['responses']['200']['content']['application/json']

/** Recomputes the chain of a case, or every chain that one oversees, and says in words what was found. */
export function VerifyAudit({ applicationId }: { applicationId?: string }) {
  const verify = useMutation({
    mutationFn: () => answer(api.GET('/audit/verify', { params: { query: applicationId ? { applicationId } : {} } }))
  })
  return (
    <>
      <Button loading={verify.isPending} onClick={() => verify.mutate()}>核验审计链</Button>
      <Modal open={verify.isSuccess || verify.isError} title="审计链核验结果" footer={null} onCancel={() => verify.reset()}>
        {verify.error && <Alert type="error" showIcon title={verify.error.message} />}
        {verify.data && <Result verdict={verify.data} />}
        <Button type="primary" autoFocus onClick={() => verify.reset()}>知道了</Button>
      </Modal>
    </>
  )
}

function Result({ verdict: { isIntact, chains, events, seals, broken } }: { verdict: Verdict }) {
  const counted = `共核验 ${chains} 条审计链、${events} 条记录。`
  return (
    <div role="status">
      {isIntact
        ? <Alert type="success" showIcon title="完整，没有被改动" description={counted} />
        : <Alert type="error" showIcon title={broken.length > 0 ? `发现 ${broken.length} 条审计链不符` : '封存记录不符'} description={counted} />}
      {seals && <p>封存记录 {String(seals.seals)} 次，{seals.isIntact ? '与审计链一致。' : '与审计链不一致。'}</p>}
      <ul>
        {broken.map(({ chain, number, position, text }) => <li key={chain}>{number ?? (chain === 'system' ? '系统' : '本办件')}：第 {position} 条起，{text}。</li>)}
      </ul>
    </div>
  )
}
