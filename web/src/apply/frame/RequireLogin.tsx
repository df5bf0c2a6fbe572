import type { ReactNode } from 'react'
import { useLocation } from 'react-router'
import { loginAddress, useMe } from '../../shared/session.ts'
import { Loaded } from './Loaded.tsx'
import { Page } from './Page.tsx'

/** What only somebody who is logged in may see; anybody else is led to the login and back to this page. */
export function RequireLogin({ children }: { children: ReactNode }) {
  const { pathname, search } = useLocation()
  return (
    <Loaded query={useMe()}>
      {me => me ? children : (
        <Page title="请先登录">
          <p>接下来要核对您的身份，并替您填好已有的信息。登录后会回到这一页。</p>
          <p><a className="button" href={loginAddress(`/apply${pathname}${search}`)}>实名登录</a></p>
        </Page>
      )}
    </Loaded>
  )
}
