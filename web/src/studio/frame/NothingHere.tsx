import { Result } from 'antd'
import { Link } from 'react-router'

/** An address below /studio that leads nowhere. */
export function NothingHere() {
  return <Result status="404" title={<h1>没有这个页面</h1>} extra={<Link to="/">返回草案</Link>} />
}
