import { html, raw } from './html.ts'
import type { Html } from './html.ts'

export const STYLE_PATH = '/assets/identity.css'

/** One page of the identity server, whole. `title` is what the browser shows and a screen reader reads first. */
function page(title: string, content: Html): string {
  return html`<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} - 统一身份认证</title>
<link rel="stylesheet" href="${STYLE_PATH}">
</head>
<body>
<header class="band"><div class="width"><p class="name">统一身份认证</p><p class="note">演示系统，只用于开发和演练</p></div></header>
<main class="width">
${content}
</main>
</body>
</html>
`.markup
}

export interface LoginProblem {
  readonly field: 'account' | 'password'
  readonly message: string
}

export interface LoginForm {
  /** Where the form is sent. */
  readonly action: string
  readonly account: string
  readonly problems: readonly LoginProblem[]
  readonly backUrl: string
  /** Demo accounts, a line for each region. */
  readonly listed: readonly string[]
}

/** The login form. After a failure the summary comes first and takes the focus, in the words of the fields. */
export function loginPage({ action, account, problems, backUrl, listed }: LoginForm): string {
  const title = '登录'
  return page(problems.length > 0 ? `错误：${title}` : title, html`<h1>${title}</h1>
<p class="lead">登录后继续办理灵活就业参保“一件事”。</p>
${problems.length > 0 && summary(problems)}
<form method="post" action="${action}" novalidate>
${field({ name: 'account', label: '账号', type: 'text', value: account, autocomplete: 'username', problems })}
${field({ name: 'password', label: '密码', type: 'password', value: '', autocomplete: 'current-password', problems })}
<button type="submit">登录</button>
</form>
<p><a href="${backUrl}">返回办事首页</a></p>
<details>
<summary>演示账号</summary>
${listed.map(line => html`<p>${line}</p>`)}
<p>所有账号的密码相同，系统启动时会显示。</p>
</details>`)
}

function summary(problems: readonly LoginProblem[]): Html {
  return html`<div class="problems" role="alert" tabindex="-1" autofocus aria-labelledby="problems-title">
<h2 id="problems-title">请改正以下内容</h2>
<ul>${problems.map(({ field: name, message }) => html`<li><a href="#${name}">${message}</a></li>`)}</ul>
</div>`
}

interface Field {
  readonly name: 'account' | 'password'
  readonly label: string
  readonly type: string
  readonly value: string
  readonly autocomplete: string
  readonly problems: readonly LoginProblem[]
}

function field({ name, label, type, value, autocomplete, problems }: Field): Html {
  const problem = problems.find(one => one.field === name)
  const invalid = raw(` aria-invalid="true" aria-describedby="${name}-problem"`)
  return html`<div class="field${problem && ' wrong'}">
<label for="${name}">${label}</label>
${problem && html`<p class="problem" id="${name}-problem">错误：${problem.message}</p>`}
<input id="${name}" name="${name}" type="${type}" value="${value}" autocomplete="${autocomplete}"
 autocapitalize="none" spellcheck="false" maxlength="200"${problem && invalid}>
</div>
`
}

/** Asks whether to log out; `form` is the provider's own hidden form with its token. */
export function logoutPage(form: string): string {
  return page('退出登录', html`<h1>退出登录</h1>
<p class="lead">要退出统一身份认证吗？退出后，办理其他事项须重新登录。</p>
${raw(form)}
<p><button type="submit" form="op.logoutForm" name="logout" value="yes">退出登录</button></p>
<p><button class="plain" type="submit" form="op.logoutForm">保持登录</button></p>`)
}

export function loggedOutPage(backUrl: string): string {
  return page('已退出登录', html`<h1>已退出登录</h1>
<p class="lead">您已退出统一身份认证。</p>
<p><a href="${backUrl}/">返回办事首页</a></p>`)
}

/** Something went wrong outside the form, most often a page left open too long. `code` is the provider's word. */
export function errorPage(backUrl: string, code: string): string {
  return page('登录没有完成', html`<h1>登录没有完成</h1>
<p class="lead">登录页面已失效或请求有误，请返回办事首页重新登录。</p>
<p><a href="${backUrl}/">返回办事首页</a></p>
<p class="note">错误代码：${code}</p>`)
}
