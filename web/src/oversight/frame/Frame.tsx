import { Button, Layout } from 'antd'
import { Link, NavLink, Outlet } from 'react-router'
import { LOGOUT_ADDRESS, useMe } from '../../shared/session.ts'
import { Admitted, useHasRole } from '../../staff/Admitted.tsx'
import { useUnfoldedPrint } from './use-print.ts'
import '../oversight.css'

const OVERSEERS = ['supervisor', 'auditor']

const PAGES = [
  ['/', '看板'], ['/items', '在办事项'], ['/trends', '趋势与质效'], ['/heat', '流程热力'], ['/actions', '督办件'], ['/voices', '评价与意见'], ['/load', '工作量'], ['/alerts', '提醒'], ['/timers', '定时器'], ['/forecast', '超期预计'],
  ['/incidents', '异常'], ['/workers', '办件程序'], ['/days', '工作日与故障'], ['/retention', '保存期限'], ['/audit', '审计']
] as const

/** Header, the pages of this face, and who is logged in; they are for supervisors and auditors alone. */
export function Frame() {
  const me = useMe()
  useUnfoldedPrint()
  return (
    <Layout className="oversight">
      <Layout.Header className="oversight-header">
        <Link to="/" className="oversight-name">监督平台</Link>
        {me.data && <span className="oversight-account">{me.data.name ?? me.data.account}<Button href={LOGOUT_ADDRESS}>退出</Button></span>}
      </Layout.Header>
      {useHasRole(OVERSEERS) && <Menu />}
      <Layout.Content className="oversight-content" role="main">
        <Admitted face="监督平台" basename="/oversight" roles={OVERSEERS} purpose="监督平台供督办和审计人员使用。"><Outlet /></Admitted>
      </Layout.Content>
    </Layout>
  )
}

/** Whether the person may send and check, and not only look. */
export function useIsSupervisor(): boolean {
  return useHasRole(['supervisor'])
}

function Menu() {
  return (
    <nav className="oversight-menu" aria-label="监督平台">
      {PAGES.map(([path, title]) => <NavLink key={path} to={path} end={path === '/'}>{title}</NavLink>)}
    </nav>
  )
}
