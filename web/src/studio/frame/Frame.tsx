import { Button, Layout } from 'antd'
import { Link, NavLink, Outlet } from 'react-router'
import { LOGOUT_ADDRESS, useMe } from '../../shared/session.ts'
import { Admitted, useHasRole } from '../../staff/Admitted.tsx'
import { PAGES } from '../pages.ts'
import '../studio.css'

const DESIGNERS = ['designer']

/** Header, the pages of this face, and who is logged in; they are for designers alone. */
export function Frame() {
  const me = useMe()
  return (
    <Layout className="studio">
      <Layout.Header className="studio-header">
        <Link to="/" className="studio-name">流程设计室</Link>
        {me.data && <span className="studio-account">{me.data.name ?? me.data.account}<Button href={LOGOUT_ADDRESS}>退出</Button></span>}
      </Layout.Header>
      {useHasRole(DESIGNERS) && <Menu />}
      <Layout.Content className="studio-content" role="main">
        <Admitted face="流程设计室" basename="/studio" roles={DESIGNERS} purpose="流程设计室供绘制流程和规则表的人员使用。"><Outlet /></Admitted>
      </Layout.Content>
    </Layout>
  )
}

function Menu() {
  return (
    <nav className="studio-menu" aria-label="流程设计室">
      <NavLink to="/" end>草案</NavLink>
      {PAGES.map(({ path, title }) => <NavLink key={path} to={`/${path}`}>{title}</NavLink>)}
    </nav>
  )
}
