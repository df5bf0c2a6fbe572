import { Link, useParams } from 'react-router'
import { Loaded } from '../frame/Loaded.tsx'
import { Page } from '../frame/Page.tsx'
import { useGuide } from '../../shared/region.ts'
import type { Guide } from '../../shared/region.ts'
import { MatterGuide, Materials } from './MatterGuide.tsx'

/** 办事指南 of a region, before any login. */
export function GuidePage() {
  const { region = '' } = useParams()
  const guide = useGuide(region)
  return (
    <Page title="办事指南">
      <Loaded query={guide}>{known => <Content guide={known} />}</Loaded>
    </Page>
  )
}

function Content({ guide }: { guide: Guide }) {
  const { slug, name } = guide.region
  const ways = (
    <div className="actions">
      <Link className="button wide" to={`/regions/${slug}/choose`}>立即办理</Link>
      <Link className="button quiet wide" to={`/regions/${slug}/questions`}>不清楚选哪项？回答几个问题</Link>
    </div>
  )
  return (
    <>
      <p>{name} · 一张表办 {guide.matters.length} 个事项，{guide.promise}。</p>
      {!guide.isCurrent && <p className="note">规则系统暂时不可用，以下为最近一次核对的内容。</p>}
      {ways}
      <h2>谁可以办</h2>
      <ul>{guide.conditions.map(({ text }) => <li key={text}>{text}</li>)}</ul>
      <h2>可以办的事项</h2>
      {guide.matters.map(matter => <MatterGuide key={matter.slug} matter={matter} guide={guide} />)}
      {guide.exclusions.length > 0 && <h2>不能同时选的事项</h2>}
      <ul>{guide.exclusions.map(({ ruleId, message }) => <li key={ruleId}>{message}</li>)}</ul>
      <h2>都要准备的材料</h2>
      <Materials materials={guide.materials} none={guide.noMaterials} />
      <h2>怎么办</h2>
      <ol>{guide.procedure.steps.map(step => <li key={step}>{step}</li>)}</ol>
      <h2>结果怎么送达</h2>
      <p>{guide.result}</p>
      <h2>窗口电话和工作时间</h2>
      <p>{guide.contact.telephone}</p>
      <p><a href={`/api/v1/regions/${slug}/guide.pdf`} download>下载办事指南（PDF）</a></p>
      {ways}
    </>
  )
}
