import '@fontsource-variable/inter/wght.css';
import 'katex/dist/katex.min.css';
import '@xyflow/react/dist/base.css';
import './tokens.css';
import './group-colours.css';
import './tones.css';
import './base.css';
import './controls.css';
