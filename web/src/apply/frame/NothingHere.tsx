import { Link } from 'react-router'
import { Page } from './Page.tsx'

/** An address that leads nowhere. */
export function NothingHere() {
  return (
    <Page title="没有这个页面">
      <p>请核对地址。您保存的草稿和提交的办件都在“我的办件”里。</p>
      <p><Link to="/">回到首页</Link></p>
      <p><Link to="/mine">我的办件</Link></p>
    </Page>
  )
}
