import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Space, Spin, Tag } from 'antd'
import { Link, useNavigate, useParams } from 'react-router'
import { answer, api } from '../../shared/api.ts'
import { titleOf, useGuide } from '../../shared/region.ts'
import { ITEM_STATES } from '../labels.ts'
import { Parcels } from '../pickup/Parcels.tsx'
import { PrintButton } from '../shared/PrintButton.tsx'
import './intake.css'

const REFRESH_MS = 2_000

/** After the submission, and whenever somebody asks: the number, the papers to hand out, how far the items are, the post. */
export function DonePage() {
  const { id = '' } = useParams()
  const navigate = useNavigate()
  const application = useQuery({
    queryKey: ['intake-done', id], refetchInterval: REFRESH_MS,
    queryFn: () => answer(api.GET('/applications/{id}', { params: { path: { id } } }))
  })
  const guide = useGuide(application.data?.region ?? '')
  if (application.error) return <Alert type="error" showIcon title={application.error.message} />
  if (!application.data || !guide.data) return <Spin description="正在读取" />
  const { number, items, channel, parcels } = application.data
  return (
    <div className="intake form-fields">
      <h1>{channel === 'window' ? '已收件' : '办件进度'}</h1>
      <p className="case-number">{number}</p>
      <Space wrap>
        <PrintButton autoFocus type="primary" path={`applications/${id}/receipt.pdf`} label="收件凭证" />
        <PrintButton path={`applications/${id}/form.pdf`} label="申请表" />
        <Button onClick={() => void navigate('/intake')}>收下一件</Button>
        <Link to="/waiting">现场等候</Link>
      </Space>
      <h2 id="items-title">各事项进度</h2>
      <ul className="plain panel" aria-labelledby="items-title">
        {items.map(({ slug, status, deadline }) => (
          <li key={slug}>
            <span>{titleOf(guide.data, slug)}{deadline.kind === 'immediate' && '（即时办结）'}</span>
            <Tag>{ITEM_STATES[status]}</Tag>
          </li>
        ))}
      </ul>
      <Parcels parcels={parcels} />
    </div>
  )
}
