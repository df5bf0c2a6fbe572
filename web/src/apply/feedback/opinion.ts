/** What somebody writes to the office, as it stands in the form. */
export interface Opinion {
  readonly text: string
  /** Slug; empty = about the site itself. */
  readonly region: string
  readonly mobile: string
}

const MOBILE = /^1[3-9]\d{9}$/

/** What has to be put right before an opinion can be sent; only its text has to be there. */
export function mistakesOf({ text, mobile }: Opinion): { path: string; message: string }[] {
  return [
    ...text.trim() ? [] : [{ path: '/text', message: '请写下您的意见或建议' }],
    ...mobile === '' || MOBILE.test(mobile) ? [] : [{ path: '/mobile', message: '手机号码应为1开头的11位数字，也可以不填' }]
  ]
}

/** The body of `POST feedback`: what was left empty is left out. */
export function bodyOf({ text, region, mobile }: Opinion): { text: string; region?: string; mobile?: string } {
  return { text: text.trim(), ...region && { region }, ...mobile && { mobile } }
}
