import type { ThemeConfig } from 'antd'

/** What antd draws grey or as a link is too light to be read by everybody (WCAG 1.4.3); these reach 4.5:1 on white. */
export const theme: ThemeConfig = {
  token: {
    // Who asked the system for less movement gets dialogues that stand at once (WCAG 2.3.3).
    motion: !matchMedia('(prefers-reduced-motion: reduce)').matches,
    fontSize: 16,
    colorPrimary: '#0b4ea2',
    colorLink: '#0b4ea2',
    colorError: '#b3261e',
    colorText: '#1b1f27',
    colorTextSecondary: '#444c5a',
    colorTextDescription: '#595959',
    colorTextTertiary: '#595959',
    colorTextPlaceholder: '#6b6b6b'
  }
}
