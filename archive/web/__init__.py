"""The site: HTML without need of JavaScript. A view parses, calls one service, renders."""
