import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from 'react-router'
import { Loaded } from '../frame/Loaded.tsx'
import { Page } from '../frame/Page.tsx'
import { RequireLogin } from '../frame/RequireLogin.tsx'
import { useGuide } from '../../shared/region.ts'
import type { Guide } from '../../shared/region.ts'
import { useCase } from './case.ts'
import type { Case } from './case.ts'

/** After submission: the number, what happens next and until when, whom to call. It stays at its address. */
export function ReceiptPage() {
  const { id = '' } = useParams()
  return <RequireLogin><Loaded query={useCase(id)}>{one => <Receipt one={one} />}</Loaded></RequireLogin>
}

function Receipt({ one }: { one: Case }) {
  const guide = useGuide(one.region)
  return (
    <Page title="已提交，请记下编号">
      <div className="note good">
        <p>办件编号</p>
        <p className="number">{one.number}</p>
      </div>
      <Code number={one.number ?? ''} />
      <h2>接下来</h2>
      <ol>
        <li>受理后会短信通知您，各事项同时办理，互不影响。</li>
        {guide.data && <li>{guide.data.promise}，每个事项的日期见进度页。</li>}
        <li>需要补正时，进度页最上面会写明改什么、为什么、到哪一天为止。</li>
      </ol>
      <div className="actions">
        <Link className="button wide" to={`/cases/${one.id}`}>查看进度</Link>
        <a className="button quiet wide" href={`/api/v1/applications/${one.id}/receipt.pdf`} download>下载回执（PDF）</a>
        <a className="button quiet wide" href={`/api/v1/applications/${one.id}/form.pdf`} download>下载申请表（PDF）</a>
      </div>
      <Loaded query={guide}>{known => <Whom guide={known} />}</Loaded>
    </Page>
  )
}

/** A code that leads a telephone to the look-up with this number. */
function Code({ number }: { number: string }) {
  const code = useQuery({
    queryKey: ['code', number],
    queryFn: async () => {
      const { default: QRCode } = await import('qrcode')
      return QRCode.toDataURL(`${location.origin}/apply/lookup?number=${encodeURIComponent(number)}`, { margin: 2, width: 200 })
    },
    staleTime: Infinity
  })
  return code.data ? <p><img src={code.data} width={200} height={200} alt="用手机扫一扫，凭编号查进度的二维码" /></p> : null
}

function Whom({ guide }: { guide: Guide }) {
  return (
    <>
      <h2>有问题找谁</h2>
      <p>{guide.hotline ? `${guide.hotline.name}，` : ''}或办理窗口：{guide.contact.telephone}</p>
    </>
  )
}
