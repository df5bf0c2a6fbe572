import { expect } from 'chai'
import { describeInBrowser, faultsOf, openTab } from './support/browser.ts'

describeInBrowser('the pages in a browser @web', function () {
  this.timeout(60_000)

  it('open for an applicant on a telephone, with styles and scripts of our own alone', async () => {
    const { page, complaints, close } = await openTab(390)
    const sizes: Promise<number>[] = []
    page.on('response', response => {
      if (response.url().includes('/assets/')) sizes.push(response.request().sizes().then(({ responseBodySize }) => responseBodySize))
    })
    await page.goto('/')
    await page.getByRole('link', { name: '我要办理' }).click()
    await page.getByRole('heading', { name: '您要在哪里办理？' }).waitFor()
    await page.getByRole('link', { name: '广西' }).first().waitFor()
    expect(await faultsOf(page)).to.deep.equal([])
    expect(complaints).to.deep.equal([])
    const sent = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
    expect(sent, 'bytes over the line before one can begin').to.be.within(20_000, 250_000)
    await close()
  })

  it('ask a clerk to log in, and show the list of tasks afterwards', async () => {
    const stranger = await openTab(1440)
    await stranger.page.goto('/desk/somewhere')
    expect(await stranger.page.getByRole('link', { name: '登录' }).getAttribute('href')).to.contain(encodeURIComponent('/desk/somewhere'))
    expect(await faultsOf(stranger.page)).to.deep.equal([])
    await stranger.close()
    const { page, complaints, close } = await openTab(1440, 'hrss-gx')
    await page.goto('/desk')
    await page.getByRole('heading', { name: '本组待领' }).waitFor()
    expect(await faultsOf(page)).to.deep.equal([])
    expect(complaints).to.deep.equal([])
    await close()
  })

  it('say so where there is none', async () => {
    const { page, close } = await openTab(390)
    const answer = await page.goto('/nowhere')
    expect(answer?.status()).to.equal(404)
    await page.getByRole('heading', { name: '没有找到' }).waitFor()
    await close()
  })
})
