import { Link, Outlet } from 'react-router'
import { loginAddress, LOGOUT_ADDRESS, useMe } from '../../shared/session.ts'
import { forgetAll } from '../kept.ts'
import { Help } from './Help.tsx'
import { TextSize } from './TextSize.tsx'

/** What every page of the applicants has: the way home, one's own cases, larger text, and people to turn to. */
export function Frame() {
  const { data: me } = useMe()
  return (
    <>
      <a className="skip" href="#main">跳到主要内容</a>
      <header className="top">
        <Link to="/" className="name">灵活就业参保“一件事”</Link>
        <TextSize />
        <nav aria-label="我的">
          <Link to="/mine">我的办件</Link>
          <Link to="/lookup">查进度</Link>
          {me ? <a href={LOGOUT_ADDRESS} onClick={forgetAll}>退出（{me.name}）</a> : <a href={loginAddress('/apply/mine')}>登录</a>}
        </nav>
      </header>
      <main id="main" tabIndex={-1}><Outlet /></main>
      <Help />
    </>
  )
}
