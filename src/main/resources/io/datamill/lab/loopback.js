// Loaded before the emulator, which would listen on every interface.
const { Server } = require('net');
const listen = Server.prototype.listen;
Server.prototype.listen = function (port, ...rest) {
  return listen.call(this, port, '127.0.0.1', rest[rest.length - 1]);
};
