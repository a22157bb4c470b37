# colorsys: there and back again.
import colorsys

for rgb in ((0.0, 0.0, 0.0), (1.0, 1.0, 1.0), (0.2, 0.4, 0.6), (0.9, 0.1, 0.5), (0.3, 0.8, 0.2)):
    for there, back in ((colorsys.rgb_to_hls, colorsys.hls_to_rgb), (colorsys.rgb_to_hsv, colorsys.hsv_to_rgb),
                        (colorsys.rgb_to_yiq, colorsys.yiq_to_rgb)):
        other = there(*rgb)
        print([round(x, 6) for x in other], [round(x, 6) for x in back(*other)])
