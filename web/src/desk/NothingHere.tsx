import { Button, Result } from 'antd'
import { Link } from 'react-router'

/** An address of the desk that leads nowhere. */
export function NothingHere() {
  return <Result status="404" title={<h1>没有这个页面</h1>} subTitle="请核对地址，或从任务清单进入。" extra={<Link to="/"><Button>任务清单</Button></Link>} />
}
