import { loginAddress } from '../../shared/session.ts'

/** The way out of an expired session, and back to this page. */
export function LoginAgain() {
  return <p><a className="button" href={loginAddress(location.pathname + location.search)}>重新登录</a></p>
}
