import { Link } from 'react-router'

/** The alternatives to doing it here, on every page: the notice leaves the choice of the way to the applicant. */
export function Help() {
  return (
    <footer className="help">
      <p>也可以带上身份证，到就近的政务服务窗口当面办理，工作人员会帮您填写。</p>
      <p>有不明白的，请拨打政务服务热线 <a href="tel:12345">12345</a>。</p>
      <p><Link to="/feedback">意见建议</Link></p>
    </footer>
  )
}
