import { readFile } from 'node:fs/promises'
import { expect } from 'chai'
import type { Page } from 'playwright-core'
import type { ApiClient } from '../../scripts/client.ts'
import { completed } from '../support/complete-diagram.ts'
import type { Completion } from '../support/complete-diagram.ts'
import { differences } from '../support/diagram-model.ts'
import { until } from '../support/until.ts'
import { OF_BPMN_JS, OF_CAMUNDA_MODELER } from './diagrams/completions.ts'
import { describeInBrowser, faultsOf, openTab } from './support/browser.ts'
import type { Tab } from './support/browser.ts'
import { elementOf, selectElement } from './support/canvas.ts'
import { wordsIn } from './support/panel-walk.ts'
import { stack } from './support/root-stack.ts'

const KEY = 'guangxi-resident-pension'
const fileOf = (tool: string): string => new URL(`diagrams/${tool}.bpmn`, import.meta.url).pathname
const NOTHING = { lost: [], added: [] }
/** What the packages do by themselves is tried by `npm run test:full`. */
const whole = process.env.STUDIO_WHOLE ? it : it.skip

interface FromElsewhere {
  readonly tool: string
  /** What the rules find in it as it comes, counted by rule. */
  readonly found: Readonly<Record<string, number>>
  readonly completions: Readonly<Record<string, Completion>>
}

/** Whoever draws by bpmn-js alone has no field for ids, groups, topics, descriptions or timers; in the Camunda Modeler one group was forgotten. */
const FROM_ELSEWHERE: readonly FromElsewhere[] = [
  { tool: 'camunda-modeler', found: { ids: 3, people: 1 }, completions: OF_CAMUNDA_MODELER },
  {
    tool: 'bpmn-js', completions: OF_BPMN_JS,
    found: { identity: 3, ids: 31, names: 1, clauses: 6, code: 4, steps: 4, people: 3, timers: 3, 'legal-clock': 3 }
  }
]

describeInBrowser('diagrams from elsewhere in the studio @web', function () {
  this.timeout(120_000)
  let first: ApiClient
  let second: ApiClient
  let tab: Tab
  const made: string[] = []

  before(async () => {
    first = await stack().as('designer-gx')
    second = await stack().as('designer2-gx')
    tab = await openTab(1440, 'designer-gx')
  })
  after(async () => {
    for (const id of made) await first.send('DELETE', `drafts/${id}`)
    expect(tab.complaints).to.deep.equal([])
    await tab.close()
  })

  const begin = async (): Promise<string> => {
    const { id } = await first.post('drafts', { key: KEY })
    made.push(id)
    return id
  }
  const savedXml = async (id: string): Promise<string> => (await first.get(`drafts/${id}`)).xml

  /** Opens a draft and takes a file into it; ends when the server has it. */
  async function importInto(page: Page, id: string, tool: string): Promise<void> {
    await page.goto(`/studio/drafts/${id}/draw`)
    await page.locator('[data-element-id=Task_Review]').first().waitFor()
    await page.getByLabel('流程图文件').setInputFiles(fileOf(tool))
    await page.locator('[data-element-id=Task_Review]').first().waitFor({ state: 'detached' })
    await until('the file on the server', async () => (await first.get(`drafts/${id}`)).version === 2)
    await page.getByText('已保存', { exact: true }).waitFor()
  }

  async function exported(page: Page): Promise<string> {
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: '导出文件' }).click()
    expect((await download).suggestedFilename()).to.equal(`${KEY}.bpmn`)
    return readFile(await (await download).path(), 'utf8')
  }

  for (const { tool, found, completions } of FROM_ELSEWHERE) {
    it(`takes one of ${tool} whole, gives it back whole, and releases it once it is complete`, async () => {
      const { page } = tab
      const file = await readFile(fileOf(tool), 'utf8')
      const id = await begin()
      await importInto(page, id, tool)
      expect(await page.locator('.bjs-powered-by').isVisible()).to.equal(true)
      expect(await differences(file, await savedXml(id))).to.deep.equal(NOTHING)
      expect(await differences(file, await exported(page))).to.deep.equal(NOTHING)
      const { findings } = await first.post(`drafts/${id}/lint`, {})
      const counts: Record<string, number> = {}
      for (const { rule } of findings) counts[rule] = (counts[rule] ?? 0) + 1
      expect(counts).to.deep.equal(found)
      expect((await first.send('POST', `drafts/${id}/release`, { reason: tool })).status).to.equal(422)

      const complete = await completed(file, completions)
      expect((await first.send('PUT', `drafts/${id}`, { xml: complete }, { 'if-match': '*' })).status).to.equal(200)
      await first.post(`drafts/${id}/release`, { reason: tool })
      const { toVersion } = await second.post(`drafts/${id}/approve`, {})
      // The engine has taken it as it is.
      expect(await differences(complete, await savedXml(await begin()))).to.deep.equal(NOTHING)
      const back = await first.post(`definitions/${KEY}/roll-back`, { version: toVersion - 1, reason: '恢复' })
      await second.post(`drafts/${back.id}/approve`, {})
    })
  }

  whole('colours an element, and nothing else of the file changes', async () => {
    const { page } = tab
    const id = await begin()
    await importInto(page, id, 'camunda-modeler')
    await selectElement(page, 'Task_ConcludeApproved')
    await page.locator('.djs-context-pad').getByTitle('设置颜色').click()
    await page.locator('.djs-popup').waitFor()
    expect(await wordsIn(page, '.djs-popup')).to.deep.equal([])
    await page.locator('.djs-popup').getByTitle('蓝色').click()
    await until('the colour', async () => /bioc:stroke="#0d4372"/.test(await savedXml(id)))
    const { lost, added } = await differences(await readFile(fileOf('camunda-modeler'), 'utf8'), await savedXml(id))
    expect([lost, added.map(line => line.replace(/^.*#Task_ConcludeApproved_di /, ''))]).to.deep.equal([[], [
      'stroke[0]=#0d4372', 'fill[0]=#bbdefb', 'background-color[0]=#bbdefb', 'border-color[0]=#0d4372'
    ]])
  })

  whole('shows a small map of the diagram on which one moves about', async () => {
    const { page } = tab
    await page.getByTitle('打开缩略图').click()
    const map = page.locator('.djs-minimap .map')
    await map.waitFor()
    await faultless(page)
    const task = elementOf(page, 'Task_ConcludeApproved')
    const before = (await task.boundingBox())!
    const { x, y, width, height } = (await map.boundingBox())!
    await page.mouse.click(x + width - 20, y + height / 2)
    await until('the canvas moved', async () => (await task.boundingBox())!.x !== before.x)
    await page.getByTitle('收起缩略图').click()
    await map.waitFor({ state: 'hidden' })
  })

  whole('copies a step from one diagram into another, with all that it says', async () => {
    const { page } = tab // still the diagram that was coloured
    const other = await page.context().newPage()
    const to = await begin()
    await other.goto(`/studio/drafts/${to}/draw`)
    await other.locator('[data-element-id=Task_Review]').first().waitFor()
    await selectElement(page, 'Activity_1k0x3mv')
    await page.keyboard.press('Control+C')
    const canvas = (await other.locator('.drawing-canvas').boundingBox())!
    await other.mouse.click(canvas.x + canvas.width / 2, canvas.y + 24)
    await other.keyboard.press('Control+V')
    const { x, y } = (await elementOf(other, 'Task_LapseCorrection').boundingBox())!
    await other.mouse.move(x - 160, y + 20)
    await other.mouse.move(x - 150, y + 25, { steps: 3 })
    await other.mouse.click(x - 150, y + 25)
    const copy = await until('the copy', async () =>
      /<bpmn:userTask id="\w+" name="村级核验"[^>]*>[^]*?<\/bpmn:userTask>/.exec(await savedXml(to)) ?? false)
    for (const said of ['camunda:priority="60"', 'camunda:dueDate="${promisedAt}"', 'gx.yijianshi.village-review', 'approve=属实,reject=不属实', '办事指南七（二）']) {
      expect(copy[0]).to.include(said)
    }
    await other.close()
  })

  async function faultless(page: Page): Promise<void> {
    expect(await faultsOf(page)).to.deep.equal([])
    expect(await wordsIn(page, '.drawing')).to.deep.equal([])
  }
})
