import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from 'react-router'
import { answer, api } from '../../shared/api.ts'
import { caseStatus, moment } from '../../shared/words.ts'
import { Loaded } from '../frame/Loaded.tsx'
import { Page } from '../frame/Page.tsx'
import { RequireLogin } from '../frame/RequireLogin.tsx'
import { useGuide } from '../../shared/region.ts'
import type { Guide } from '../../shared/region.ts'
import { isFinal, useCase } from './case.ts'
import type { Case } from './case.ts'
import { GivenRatings } from './GivenRatings.tsx'
import { Lane } from './Lane.tsx'
import { Parcels } from './Parcels.tsx'

/** 一件事全景: one lane for each item, what is asked of the applicant on top, and the course of the whole. */
export function CasePage() {
  const { id = '' } = useParams()
  return <RequireLogin><Loaded query={useCase(id)}>{one => <WithGuide one={one} />}</Loaded></RequireLogin>
}

function WithGuide({ one }: { one: Case }) {
  return <Loaded query={useGuide(one.region)}>{guide => <Panorama one={one} guide={guide} />}</Loaded>
}

function Panorama({ one, guide }: { one: Case; guide: Guide }) {
  const params = { path: { id: one.id } }
  const notices = useQuery({
    queryKey: ['notices', one.id, one.version, one.timeline.length],
    queryFn: () => answer(api.GET('/applications/{id}/notices', { params })),
    placeholderData: before => before
  })
  // They stand in the lanes: shown later, they would push away what is being read.
  if (notices.isPending) return <p role="status">正在读取…</p>
  const asked = one.items.filter(item => item.correction)
  const papers = notices.data?.notices ?? []
  return (
    <Page title="办理进度" position={`办件编号 ${one.number ?? ''}`}>
      <p className="state"><strong>{caseStatus[one.status]}</strong>：{one.items.length} 个事项，已办结 {one.items.filter(isFinal).length} 个</p>
      {asked.map(item => (
        <div key={item.slug} className="note bad" role="alert">
          <p>“{item.title}”需要您补正{item.correction?.deadline && `，请在 ${item.correction.deadline} 前提交`}。其他事项照常办理。</p>
          <p><Link className="button" to={`/cases/${one.id}/correction/${item.slug}`}>去补正</Link></p>
        </div>
      ))}
      {one.items.map(item => (
        <Lane key={item.slug} one={one} item={item} guide={guide} papers={papers.filter(({ slug }) => slug === item.slug)} />
      ))}
      <Parcels parcels={one.parcels ?? []} guide={guide} />
      <h2>文书</h2>
      <ul className="files">
        <li><a href={`/api/v1/applications/${one.id}/receipt.pdf`} download>受理通知书或收件回执</a></li>
        <li><a href={`/api/v1/applications/${one.id}/form.pdf`} download>申请表</a></li>
        {papers.filter(({ slug }) => slug === null).map(paper => (
          <li key={paper.id}><a href={`/api/v1/applications/${one.id}/notices/${paper.id}.pdf`} download>{paper.title}</a></li>
        ))}
      </ul>
      <GivenRatings one={one} />
      <p><Link to="/mine/messages">这件事的消息</Link></p>
      <h2>经过</h2>
      <ol className="timeline">
        {[...one.timeline].reverse().map(({ at, type, slug, text }, index) => (
          <li key={`${at} ${type} ${slug} ${index}`}><span className="hint">{moment(at)}</span><br />{text}</li>
        ))}
      </ol>
    </Page>
  )
}
