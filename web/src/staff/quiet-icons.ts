/**
 * antd names its icons in English for screen readers. Each of ours stands beside Chinese words that say the same, so they are
 * taken out of what is read.
 */
export function quietIcons(): void {
  const quieten = (root: ParentNode): void => {
    for (const icon of root.querySelectorAll('.anticon[aria-label]')) {
      icon.removeAttribute('aria-label')
      icon.removeAttribute('role')
      icon.setAttribute('aria-hidden', 'true')
    }
  }
  new MutationObserver(() => quieten(document)).observe(document.body, { childList: true, subtree: true })
}
