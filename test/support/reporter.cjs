const { reporters } = require('mocha')

/** Mocha's spec report, closed by the one line that continuous integration reads. */
module.exports = class Closing extends reporters.Spec {
  epilogue() {
    super.epilogue()
    const { passes, failures } = this.stats
    console.log(`${passes} passed, ${failures} failed`)
  }
}
