// The seat's address carries where the station is and the start token: the way back must keep them.
const back = document.querySelector('#back');
back.setAttribute('href', `./${location.search}`);
back.focus();
