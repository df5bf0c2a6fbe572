/**
 * Gives every style element made by our scripts the word that the server let into the policy of this page. antd hands its `csp`
 * on to most of the elements it makes, but not to those that measure a scroll bar or lock the page behind a dialogue.
 */
export function allowOwnStyles(): void {
  const nonce = document.querySelector<HTMLMetaElement>('meta[name="style-nonce"]')?.content
  if (!nonce) return
  const create = document.createElement.bind(document)
  document.createElement = (name: string, options?: ElementCreationOptions) => {
    const element = create(name, options)
    if (name === 'style') element.nonce = nonce
    return element
  }
}
