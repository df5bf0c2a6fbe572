import type { ThemeConfig } from 'antd'

/** What antd draws grey or as a link is too light to be read by everybody (WCAG 1.4.3); these reach 4.5:1 on white. */
export const theme: ThemeConfig = {
  token: {
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
