"""The names that Windows has for C's types, as programs for several systems import them everywhere."""
import ctypes

BYTE, BOOLEAN = ctypes.c_byte, ctypes.c_byte
WORD, DWORD, ULONG = ctypes.c_ushort, ctypes.c_ulong, ctypes.c_ulong
CHAR, WCHAR = ctypes.c_char, ctypes.c_wchar
SHORT, USHORT, INT, UINT, LONG = ctypes.c_short, ctypes.c_ushort, ctypes.c_int, ctypes.c_uint, ctypes.c_long
FLOAT, DOUBLE, BOOL = ctypes.c_float, ctypes.c_double, ctypes.c_long
LARGE_INTEGER = _LARGE_INTEGER = ctypes.c_longlong
ULARGE_INTEGER = _ULARGE_INTEGER = ctypes.c_ulonglong
OLESTR = LPOLESTR = LPCOLESTR = LPWSTR = LPCWSTR = ctypes.c_wchar_p
LPSTR = LPCSTR = ctypes.c_char_p
LPVOID = LPCVOID = ctypes.c_void_p
WPARAM, LPARAM = ctypes.c_ulong, ctypes.c_long
ATOM, LANGID = WORD, WORD
COLORREF = LGRPID = LCTYPE = LCID = DWORD
HRESULT = SCODE = ctypes.c_long


class VARIANT_BOOL(ctypes._SimpleCData):
    """True is -1 here."""

    _type_ = 'v'

    def __repr__(self):
        return f'{type(self).__name__}({self.value!r})'


HANDLE = ctypes.c_void_p
for _name in ('HACCEL HBITMAP HBRUSH HCOLORSPACE HDC HDESK HDWP HENHMETAFILE HFONT HGDIOBJ HGLOBAL HHOOK HICON HINSTANCE '
              'HKEY HKL HLOCAL HMENU HMETAFILE HMODULE HMONITOR HPALETTE HPEN HRGN HRSRC HSTR HTASK HWINSTA HWND '
              'SC_HANDLE SERVICE_STATUS_HANDLE').split():
    globals()[_name] = HANDLE


class RECT(ctypes.Structure):
    _fields_ = [(_name, LONG) for _name in ('left', 'top', 'right', 'bottom')]


class _SMALL_RECT(ctypes.Structure):
    _fields_ = [(_name, SHORT) for _name in ('Left', 'Top', 'Right', 'Bottom')]


class _COORD(ctypes.Structure):
    _fields_ = [('X', SHORT), ('Y', SHORT)]


class POINT(ctypes.Structure):
    _fields_ = [('x', LONG), ('y', LONG)]


class SIZE(ctypes.Structure):
    _fields_ = [('cx', LONG), ('cy', LONG)]


class FILETIME(ctypes.Structure):
    _fields_ = [('dwLowDateTime', DWORD), ('dwHighDateTime', DWORD)]


class MSG(ctypes.Structure):
    _fields_ = [('hWnd', HWND), ('message', UINT), ('wParam', WPARAM), ('lParam', LPARAM), ('time', DWORD), ('pt', POINT)]


tagRECT = _RECTL = RECTL = RECT
SMALL_RECT = _SMALL_RECT
tagPOINT = _POINTL = POINTL = POINT
tagSIZE = SIZEL = SIZE
_FILETIME = FILETIME
tagMSG = MSG
MAX_PATH = 260


def RGB(red, green, blue):
    """A colour as Windows writes it."""
    return red + (green << 8) + (blue << 16)


def _find_data(name, kind):
    return type(ctypes.Structure)(name, (ctypes.Structure,), {'__module__': __name__, '_fields_': [
        ('dwFileAttributes', DWORD), ('ftCreationTime', FILETIME), ('ftLastAccessTime', FILETIME),
        ('ftLastWriteTime', FILETIME), ('nFileSizeHigh', DWORD), ('nFileSizeLow', DWORD), ('dwReserved0', DWORD),
        ('dwReserved1', DWORD), ('cFileName', kind * MAX_PATH), ('cAlternateFileName', kind * 14)]})


WIN32_FIND_DATAA, WIN32_FIND_DATAW = _find_data('WIN32_FIND_DATAA', CHAR), _find_data('WIN32_FIND_DATAW', WCHAR)

for _name in ('BOOL BOOLEAN BYTE CHAR COLORREF DWORD FILETIME HANDLE HKEY HMODULE INT LARGE_INTEGER LCID LONG MSG POINT '
              'POINTL RECT RECTL SHORT SIZE SIZEL SMALL_RECT UINT ULARGE_INTEGER ULONG USHORT WCHAR WIN32_FIND_DATAA '
              'WIN32_FIND_DATAW WORD').split():
    _made = ctypes.POINTER(globals()[_name])
    for _prefix in 'P', 'LP':
        globals()[_prefix + _name] = _made
PCHAR, PWCHAR, PFLOAT = ctypes.POINTER(CHAR), ctypes.POINTER(WCHAR), ctypes.POINTER(FLOAT)
LPHKL = ctypes.POINTER(HANDLE)
del _name, _made, _prefix
