import { expect } from 'chai'
import { html, raw } from '../../../departments/identity/html.ts'

describe('the template tag', () => {
  it('escapes what is filled in, except markup', () => {
    expect(html`<p title="${'"\''}">${'<b>&'}${raw('<i>')}${html`<u>${1}</u>`}</p>`.markup)
      .to.equal('<p title="&quot;&#39;">&lt;b&gt;&amp;<i><u>1</u></p>')
  })

  it('joins lists and leaves out what is not there', () => {
    expect(html`<ul>${['a', 'b'].map(one => html`<li>${one}</li>`)}${undefined}${false}</ul>`.markup)
      .to.equal('<ul><li>a</li><li>b</li></ul>')
  })
})
