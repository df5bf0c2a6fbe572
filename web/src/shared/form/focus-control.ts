/** Focus on a control by its id, or on what stands around it when it is not there itself (a required part never begun). */
export function focusControl(wanted: string): void {
  for (let id = wanted; id.includes('-'); id = id.slice(0, id.lastIndexOf('-'))) {
    const control = document.getElementById(id)
    if (!control) continue
    control.scrollIntoView({ block: 'center' })
    const inner = control.tagName === 'FIELDSET' ? control.querySelector<HTMLElement>('input:not([disabled]), select') : null
    return (inner ?? control).focus({ preventScroll: true })
  }
}
