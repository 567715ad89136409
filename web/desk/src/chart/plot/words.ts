import { vocabulary } from '../../i18n'

const zh = {
  'plot.csv': '数据（CSV）',
  'plot.svg': '图（SVG）',
  'plot.png': '图（PNG）',
  'plot.save': '下载「{title}」：{what}',
  'plot.numbers': '逐日数字',
  'plot.day': '日期',
  'plot.unpainted': '浏览器不能画出这张图；请改用SVG。',
} as const

const en: Record<keyof typeof zh, string> = {
  'plot.csv': 'Data (CSV)',
  'plot.svg': 'Picture (SVG)',
  'plot.png': 'Picture (PNG)',
  'plot.save': 'Save “{title}”: {what}',
  'plot.numbers': 'The numbers day by day',
  'plot.day': 'Day',
  'plot.unpainted': 'This browser cannot paint the plot; take the SVG instead.',
}

export const usePlotWords = vocabulary({ zh, en })
