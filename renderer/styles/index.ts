import '@xyflow/react/dist/base.css';
import './fonts.css';
import './tokens.css';
import './group-colours.css';
import './tones.css';
import './base.css';
import './controls.css';
